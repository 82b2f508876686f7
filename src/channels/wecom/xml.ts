// Reads the small XML of WeCom's callbacks into plain data. No document types, no entities but the five of XML, no depth:
// whatever else a document brings makes it unreadable.
import { SaxesParser } from 'saxes';

/** An element with children: each name with all its elements, so that one is a list as well as many. */
export interface XmlElement {
  readonly [name: string]: readonly XmlNode[];
}
export type XmlNode = string | XmlElement;

export class UnreadableXml extends Error {}

const DEEPEST = 8;
const MOST_ELEMENTS = 500;

interface Open {
  readonly name: string;
  text: string;
  readonly children: Record<string, XmlNode[]>;
}

/** The children of the document's root. Throws UnreadableXml. */
export const readXml = (text: string): XmlElement => {
  const parser = new SaxesParser();
  const open: Open[] = [];
  let root: Open | null = null;
  let count = 0;
  const refuse = (reason: string): never => {
    throw new UnreadableXml(reason);
  };
  parser.on('error', () => refuse('not well formed'));
  parser.on('doctype', () => refuse('has a document type'));
  parser.on('opentag', ({ name }) => {
    count += 1;
    if (open.length >= DEEPEST || count > MOST_ELEMENTS) refuse('too deep or too large');
    open.push({ name, text: '', children: Object.create(null) });
  });
  const takeText = (piece: string) => {
    const element = open.at(-1);
    if (element) element.text += piece;
  };
  parser.on('text', takeText);
  parser.on('cdata', takeText);
  parser.on('closetag', () => {
    const element = open.pop() as Open;
    const parent = open.at(-1);
    if (!parent) root = element;
    else {
      const siblings = parent.children[element.name] ?? [];
      siblings.push(Object.keys(element.children).length > 0 ? element.children : element.text);
      parent.children[element.name] = siblings;
    }
  });
  parser.write(text).close();
  return (root as Open | null)?.children ?? refuse('empty');
};
