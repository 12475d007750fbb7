/** Writes texts and classes into elements that already stand, touching only what differs: no tree to compare, no node made anew. */

export type TextWriter = {
  setText: (index: number, text: string) => void;
  setClass: (index: number, className: string) => void;
};

/** Every element holds one text and nothing else. What stands in them now is what the first call compares with. */
export function createTextWriter(elements: readonly Element[]): TextWriter {
  const texts = elements.map((element) => element.textContent ?? '');
  const classNames = elements.map((element) => element.className);
  return {
    setText(index, text) {
      const element = elements[index];
      if (element === undefined || texts[index] === text) return;
      texts[index] = text;
      const node = element.firstChild;
      if (node === null) element.textContent = text;
      else node.nodeValue = text;
    },
    setClass(index, className) {
      const element = elements[index];
      if (element === undefined || classNames[index] === className) return;
      classNames[index] = className;
      element.className = className;
    },
  };
}
