// The page reads without this: keys to go from comment to comment, buttons to fold all, no more.
(() => {
  "use strict";
  const comments = [...document.querySelectorAll("article.c")];
  const places = new Map(comments.map((comment, place) => [comment, place]));
  const branches = () => [...document.querySelectorAll("details.r")];
  const branch = (comment) => comment.querySelector(":scope > details.r");
  const shown = (comment) => !comment.parentElement.closest("details:not([open])");

  const current = () => {
    const focused = document.activeElement.closest("article.c");
    return focused || null;
  };
  const first = () => comments.find((c) => shown(c) && c.getBoundingClientRect().bottom > 0);

  const go = (comment) => {
    if (!comment) return;
    comment.tabIndex = -1;
    comment.focus({ preventScroll: true });
    comment.scrollIntoView({ block: "start" });
  };
  const step = (by) => {
    const from = current();
    if (!from) return go(first());
    let place = places.get(from) + by;
    while (comments[place] && !shown(comments[place])) place += by;
    go(comments[place]);
  };
  const parent = (comment) => {
    const link = comment.querySelector(":scope > header > a.p");
    if (link) go(document.getElementById(link.getAttribute("href").slice(1)));
  };
  const left = (comment) => {
    const below = branch(comment);
    if (below && below.open) below.open = false;
    else parent(comment);
  };
  const right = (comment) => {
    const below = branch(comment);
    if (below && !below.open) below.open = true;
    else step(1);
  };
  const toggle = (comment) => {
    const below = branch(comment);
    if (below) below.open = !below.open;
  };
  const foldAll = (open) => branches().forEach((each) => { each.open = open; });

  const keys = document.getElementById("keys");
  const help = () => (keys.open ? keys.close() : keys.showModal());
  for (const [name, act] of Object.entries({
    fold: () => foldAll(false), unfold: () => foldAll(true), help, close: () => keys.close(),
  })) {
    document.querySelectorAll(`button[data-do="${name}"]`)
      .forEach((button) => button.addEventListener("click", act));
  }
  document.querySelectorAll(".tools").forEach((tools) => { tools.hidden = false; });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    if (event.key === "?") { event.preventDefault(); help(); return; }
    if (keys.open) return;
    const comment = current();
    const act = {
      j: () => step(1), k: () => step(-1), u: comment && (() => parent(comment)),
      ArrowLeft: comment && (() => left(comment)), ArrowRight: comment && (() => right(comment)),
      Enter: comment && comment === document.activeElement && (() => toggle(comment)),
    }[event.key];
    if (act) { event.preventDefault(); act(); }
  });

  const reveal = () => {
    let at = document.getElementById(location.hash.slice(1));
    const target = at;
    if (!target) return;
    for (at = at.parentElement; at; at = at.parentElement) if (at.matches("details")) at.open = true;
    // On the way there, what was not laid out takes its real height, and the place moves.
    let tries = document.querySelector(".long") ? 30 : 1;
    const settle = () => {
      const before = target.getBoundingClientRect().top;
      target.scrollIntoView();
      tries -= 1;
      const moved = Math.abs(target.getBoundingClientRect().top - before) > 1;
      if (tries > 0 && (moved || tries > 25)) requestAnimationFrame(settle);
    };
    settle();
  };
  addEventListener("hashchange", reveal);
  if (document.querySelector(".long")) addEventListener("load", reveal);

  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    folded.forEach((each) => { each.open = true; });
  });
  addEventListener("afterprint", () => folded.forEach((each) => { each.open = false; }));
})();
