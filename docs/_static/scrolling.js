// What scrolls sideways can be reached, and scrolled, by keyboard; what does not is passed over.
(() => {
  "use strict";
  const mark = () => {
    for (const each of document.querySelectorAll("div.highlight pre, .table-wrapper")) {
      if (each.scrollWidth > each.clientWidth) each.tabIndex = 0;
      else each.removeAttribute("tabindex");
    }
  };
  addEventListener("resize", mark);
  document.fonts.ready.then(mark);
  mark();
})();
