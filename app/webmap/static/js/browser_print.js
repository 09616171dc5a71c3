// The browser's own print: the map keeps its pixels and is brought to the width of the paper, so that nothing is drawn anew.

const ROOM = { width: 820, height: 605 }; // 217 by 160 mm: what margins of 10 mm, title, legend and notes leave of A4 as it lies

/** @param {HTMLElement} container of the map */
export function browserPrint(container) {
  addEventListener("beforeprint", () => {
    const { offsetWidth: width, offsetHeight: height } = container;
    const scale = Math.min(ROOM.width / width, ROOM.height / height);
    const { style } = document.documentElement;
    style.setProperty("--print-width", `${width}px`);
    style.setProperty("--print-height", `${height}px`);
    style.setProperty("--print-scale", String(scale));
  });
}
