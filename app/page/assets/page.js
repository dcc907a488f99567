// Follows a citation to its quote, in whichever turn it stands, and keeps the newest turn in view.
(() => {
  const show = (section) => {
    for (const other of document.querySelectorAll(".dl-turn-evidence")) other.hidden = other !== section;
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a.dl-cite");
    if (!link) return;
    event.preventDefault();
    const quote = document.getElementById(link.getAttribute("href").slice(1));
    if (!quote) return;
    show(quote.closest(".dl-turn-evidence"));
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    quote.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "center" });
    quote.focus({ preventScroll: true });
    for (const other of document.querySelectorAll(".dl-quote.dl-followed")) other.classList.remove("dl-followed");
    quote.classList.add("dl-followed");
  });

  // While a turn is being answered, and once more when it is done, its beginning is kept at the top of the pane.
  let seen = "";
  new MutationObserver(() => {
    const newest = [...document.querySelectorAll(".dl-turn")].pop();
    const now = newest ? `${document.querySelectorAll(".dl-turn").length} ${newest.className}` : "";
    if (newest && (now !== seen || newest.classList.contains("dl-pending"))) {
      const pane = newest.closest("#conversation");
      if (pane && pane.scrollHeight > pane.clientHeight + 1) {
        pane.scrollTop += newest.getBoundingClientRect().top - pane.getBoundingClientRect().top;
      } else {
        newest.scrollIntoView({ block: "nearest" });
      }
    }
    seen = now;
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
