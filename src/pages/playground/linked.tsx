// Text as written, with web addresses made into links.

const ADDRESS = /(https?:\/\/[^\s，。；、）)」》]+)/;

export const Linked = ({ text }: { readonly text: string }) => (
  <>
    {text.split(ADDRESS).map((part, index) =>
      index % 2 === 1 ? (
        <a key={index} href={part} target="_blank" rel="noopener noreferrer">
          {part}
        </a>
      ) : (
        part
      ),
    )}
  </>
);
