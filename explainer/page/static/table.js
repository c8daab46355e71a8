/** A column of a table: infinite values come as text, because JSON has no infinity. */
export const column = (values) => Float64Array.from(values, Number);

/** Value of a column between rows, for places on the screen only. */
export function between(values, row) {
  const low = Math.min(Math.floor(row), values.length - 1);
  const high = Math.min(low + 1, values.length - 1);
  return values[low] + (values[high] - values[low]) * (row - low);
}
