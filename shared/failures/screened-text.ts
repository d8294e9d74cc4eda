// The words in which AWS words its refusals. Everything else in such a text may be quoted from a request.
const AWS_WORDS = new Set(
  `a access account action active address addresses already an and any api arn are argument as at attribute attributes
  be been before body by call can cannot channel chat client combination configured constraint contact contacts content
  could country current data default denied deployment destination detected different disabled display does duration
  email empty enabled ended endpoint error errors exceed exceeded exceeds exist existing exists expired expiry
  failed field file files flow for format found from given greater has have header id identifier if in inactive
  initiation input instance integer internal into invalid is it its key length less limit list longer map maximum media
  member members message messages method minimum missing more must name need not null number of on one only
  operation or other outbound parameter parameters participant path pattern perform permission phone please policy process
  provided queue quota reached reason recipient recipients reference references region regular expression related
  request requested required resource resources satisfy segment service session set short size source state status
  string structure subject supported supports template than that the this timeout to token too try type unable unique
  unknown unsupported url use used user valid validation value values was were when while with within`.split(/\s+/),
);

const MAX_LENGTH = 600;

/** Stands where a text may quote the request. */
const WITHHELD = "[withheld]";

/**
 * A text of AWS's without anything that it may quote from the request: known words and the names in `vocabulary` stay,
 * a run of anything else becomes `[withheld]`. Letting known words through is safe where cutting known values out is not: a
 * quoted value may come back shortened, escaped or in another case.
 *
 * `vocabulary`: names that the API model gives, such as `DestinationEndpoint`.
 */
export function screenedText(text: string, vocabulary: ReadonlySet<string>): string {
  const kept = text.split(/([A-Za-z]+)/).map((part, position) => {
    const isWord = position % 2 === 1;
    if (isWord) return AWS_WORDS.has(part.toLowerCase()) || vocabulary.has(part.toLowerCase()) ? part : "…";
    return /^[\s.,:;'"()]*$/.test(part) ? part : "…";
  });
  return kept
    .join("")
    .replace(/…(?:['"().:;,]*…)+/g, "…")
    .replace(/…(?:\s+…)+/g, "…")
    .replace(/(?<=[A-Za-z])…/g, " …")
    .replace(/…(?=[A-Za-z])/g, "… ")
    .replaceAll("…", WITHHELD)
    .slice(0, MAX_LENGTH)
    .replace(/\[[a-z]*$/, "")
    .trim();
}
