/* Typing a stack of answers, a digit a cell. Loaded by its page alone. */
(() => {
  "use strict";

  /* ---- a grid of digits: Enter goes on, arrows go to the neighbours ---------------------- */

  document.addEventListener("beforeinput", (event) => {
    if (event.data && event.target.closest("[data-digits]") && /\D/.test(event.data)) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    const table = event.target.matches("input") && event.target.closest("[data-digits]");
    if (!table || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const cells = [...table.querySelectorAll("tbody input")];
    const width = table.querySelectorAll("tbody tr:first-child input").length;
    const steps = { Enter: 1, ArrowRight: 1, ArrowLeft: -1, ArrowDown: width, ArrowUp: -width };
    const step = steps[event.key] * (event.key === "Enter" && event.shiftKey ? -1 : 1);
    if (!step) return;
    event.preventDefault();
    const next = cells[cells.indexOf(event.target) + step];
    if (!next) return;
    next.focus();
    next.select();
  });
})();
