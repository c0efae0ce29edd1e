type MomentProps = {
  /** RFC 3339. */
  readonly iso: string;
  readonly text: string;
  readonly exactly: string;
};

/** A moment in the reader's zone; the tooltip has it to the second. */
export function Moment({ iso, text, exactly }: MomentProps) {
  return (
    <time dateTime={iso} title={exactly} className="numeric">
      {text}
    </time>
  );
}
