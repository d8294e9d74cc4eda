/** A text that should hold a contact request, or a wrapping around one. */
export interface WrappedText {
  readonly text: string;
  readonly place: TextPlace;
}

/** Where a text was found, as a sentence about it begins. */
export type TextPlace = "The body" | "The Message of the SNS notification" | "The payload behind the pointer";
