/* Ready phrases of a review: a press adds one to the remark; the select is for browsers without scripts. */
(() => {
  "use strict";

  function add(field, phrase) {
    const text = field.value.trim();
    if (!text.includes(phrase)) field.value = text ? `${text} ${phrase}` : phrase;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  document.addEventListener("DOMContentLoaded", () => {
    for (const holder of document.querySelectorAll("[data-no-js]")) {
      const select = holder.querySelector("select");
      const field = holder.parentElement.querySelector("textarea");
      if (select.value) field.value = `${select.value} ${field.value}`.trim(); // a return that was taken back
      select.value = "";
      holder.hidden = true;
    }
  });
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-phrase]");
    if (!button) return;
    const field = document.getElementById(button.dataset.into);
    add(field, button.dataset.phrase);
    field.focus();
  });
})();
