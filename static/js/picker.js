/* Choosing people: typing finds them in the list, who is chosen goes down to the others. After site.js. */
(() => {
  "use strict";

  const LATIN = "abcehkmoptxyë";
  const RUSSIAN = "авсенкмортхуе";

  // as nastav/ru.py: ё is е, Latin look-alikes are Russian letters, letters and digits part company
  function folded(text) {
    const plain = text.toLowerCase().replaceAll("ё", "е").replace(/[abcehkmoptxyë]/g, (sign) => RUSSIAN[LATIN.indexOf(sign)]);
    return (plain.match(/\d+|[a-zа-я]+/g) || []).join(" ");
  }

  function sizeOf(picker) {
    const count = picker.querySelectorAll(":checked").length;
    if (count === 0) return "Никто не отмечен.";
    if (count === 1) return "Это будет пара.";
    const one = count % 10 === 1 && count % 100 !== 11;
    return `Это будет группа из ${count} ${one ? "наставляемого" : "наставляемых"}.`;
  }

  for (const picker of document.querySelectorAll("[data-picker]")) {
    const search = picker.querySelector("input[type=search]");
    const list = picker.querySelector(".picker");
    const picked = picker.querySelector(".picked");
    const size = picker.parentElement.querySelector("#group-size");
    const shown = () => [...list.querySelectorAll(".choice:not([hidden])")];

    function find() {
      const words = search.value.split(/\s+/).map(folded).filter(Boolean);
      for (const choice of list.querySelectorAll(".choice")) {
        choice.words ||= ` ${choice.dataset.key} ${folded(choice.textContent)}`;
        choice.hidden = !words.every((word) => choice.words.includes(` ${word}`));
      }
      for (const title of list.querySelectorAll("p:not(.nobody)")) title.hidden = words.length > 0;
      const left = shown().length;
      list.querySelector(".nobody").hidden = left > 0;
      window.site.say(`Найдено: ${left}`);
    }

    // who is chosen is never searched away, nor in the way of Tab and Space
    function settle(box) {
      const byKey = box.matches(":focus-visible");
      if (box.type === "radio") for (const choice of [...picked.children]) list.prepend(choice);
      const choice = box.closest(".choice");
      if (box.checked) picked.append(choice);
      else list.prepend(choice);
      search.value = "";
      find();
      if (byKey || document.activeElement === search) search.focus();
      const told = size ? sizeOf(picker) : `${box.checked ? "Выбран" : "Снят"}: ${choice.textContent.trim()}`;
      if (size) size.textContent = told;
      window.site.say(told);
    }

    search.addEventListener("input", find);
    search.addEventListener("keydown", (event) => {
      const first = shown()[0]?.querySelector("input");
      if (event.key === "Enter") {
        event.preventDefault(); // must not send the form
        if (!search.value.trim() || shown().length !== 1) return;
        first.checked = true;
        first.dispatchEvent(new Event("change", { bubbles: true }));
      } else if (event.key === "ArrowDown" && first) {
        event.preventDefault();
        first.focus();
      }
    });
    picker.addEventListener("change", ({ target }) => target.matches("[type=checkbox], [type=radio]") && settle(target));
  }
})();
