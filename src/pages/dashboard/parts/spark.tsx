// A trend in the size of a word: a line from the first day to the last, from zero up. Says its figures to those who cannot see it.

const WIDTH = 96;
const HEIGHT = 28;
const PAD = 2;

/** The line's points; a flat line lies at the bottom. */
export const sparkPoints = (values: readonly number[]): string => {
  const most = Math.max(1, ...values);
  const step = values.length > 1 ? (WIDTH - 2 * PAD) / (values.length - 1) : 0;
  return values
    .map((value, i) => {
      const x = PAD + i * step;
      const y = HEIGHT - PAD - (Math.max(0, value) / most) * (HEIGHT - 2 * PAD);
      return `${Math.round(x * 10) / 10},${Math.round(y * 10) / 10}`;
    })
    .join(' ');
};

export const Spark = ({ values, label }: { readonly values: readonly number[]; readonly label: string }) => {
  if (values.length < 2) return <span class="spark" />;
  const points = sparkPoints(values);
  return (
    <svg class="spark" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
      <polygon class="spark-area" points={`${PAD},${HEIGHT} ${points} ${WIDTH - PAD},${HEIGHT}`} />
      <polyline class="spark-line" points={points} />
    </svg>
  );
};
