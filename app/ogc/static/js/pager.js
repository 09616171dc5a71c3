// Pages follow one another by cursor, which knows no way back; the browser's history does.
const previous = document.querySelector("[data-previous]");
if (previous instanceof HTMLElement && document.referrer) {
  const before = new URL(document.referrer);
  if (before.origin === location.origin && before.pathname === location.pathname && before.search !== location.search) {
    previous.hidden = false;
    previous.addEventListener("click", (event) => {
      event.preventDefault();
      history.back();
    });
  }
}
