/** What is wrong with an address, and what to give in its place; nothing for one that is right. */
export function whyNoAddress(text: string): string | undefined {
  if (isHttp(text)) return undefined;
  const mended = `http://${text}`;
  return `it begins with http:// or https://, so give ${isHttp(mended) && !text.includes("://") ? mended : "one such as http://127.0.0.1:4566"}`;
}

const isHttp = (text: string): boolean => /^https?:\/\/[^/]/i.test(text) && URL.canParse(text);
