/** What WCAG 2.2 asks of words of usual size (1.4.3). */
export const contrastMin = 4.5;

/** How well white words can be read on a colour such as #0b5fa5: from 1, not at all, to 21. By WCAG 2.2. */
export function contrastWithWhite(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
    linear(Number.parseInt(color.slice(at, at + 2), 16) / 255),
  );
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}
