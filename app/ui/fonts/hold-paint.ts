// Runs in the head of Chinese pages on systems without Chinese glyphs, before anything is painted. Until the bundled font is here
// every glyph is an empty box of another width: the page would first be unreadable and then move. A sheet made by script does not
// touch the document that React is about to take over, and the policy allows it.

/** As long as a browser itself would hide text for a font on its way. */
const MAX_WAIT_MS = 3_000;

/** Source of the inline script; `family` is known by the stylesheet in front of it. */
export function toHoldPaintScript(family: string): string {
  const faces = [400, 600].map((weight) => `document.fonts.load(${JSON.stringify(`${weight} 1em "${family}"`)},"中")`);
  return (
    `{const s=new CSSStyleSheet();s.replaceSync("body{visibility:hidden}");document.adoptedStyleSheets=[s];` +
    // One frame lays the page out with the font, the next one shows it: shown in the same frame, it would count as moved.
    `const show=()=>requestAnimationFrame(()=>requestAnimationFrame(()=>{document.adoptedStyleSheets=[]}));` +
    `Promise.race([Promise.all([${faces.join(',')}]),new Promise(r=>setTimeout(r,${MAX_WAIT_MS}))]).then(show,show)}`
  );
}
