/* How much more fits into a field, as it is typed. Nothing is cut: the server refuses what is too long. */
(() => {
  "use strict";

  const grouped = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, "\u00a0");

  function countSigns(field) {
    const most = Number(field.dataset.limit);
    const left = most - [...field.value.trim()].length;
    let note = document.getElementById(`${field.id}-counter`);
    if (!note) {
      if (left > most / 5) return; // a short field is counted only near its end
      note = document.createElement("p");
      note.className = "hint";
      note.id = `${field.id}-counter`;
      field.after(note);
    }
    const wasOver = note.classList.contains("error");
    note.classList.toggle("error", left < 0);
    note.textContent = left < 0 ? `Лишних знаков: ${grouped(-left)}. Помещается ${grouped(most)}.` : `Осталось знаков: ${grouped(left)} из ${grouped(most)}`;
    if (wasOver !== left < 0) window.site?.say(note.textContent);
  }
  document.addEventListener("input", ({ target }) => target.dataset.limit && countSigns(target));
})();
