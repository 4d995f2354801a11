/* Typing and pasting into tables of fields; after site.js. */
(() => {
  "use strict";

  const { say, showAlert, clearAlert } = window.site;

  /* ---- a sheet of fields: Enter and arrows go up and down a column -------------------- */

  function below(field, step) {
    const cell = field.closest("td, th");
    const rows = [...field.closest("tbody").rows];
    for (let at = rows.indexOf(cell.parentElement) + step; rows[at]; at += step) {
      const next = rows[at].cells[cell.cellIndex].querySelector("input:not([type=hidden])");
      if (next) return next;
    }
    return null;
  }
  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (!field.matches?.("[data-grid] tbody input") || event.ctrlKey || event.altKey || event.metaKey) return;
    const step = { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = below(field, step) || (event.key === "Enter" && field.form.querySelector("button[type=submit]:not([name])"));
    if (!next) return;
    next.focus();
    if (next.select) next.select();
  });

  /* ---- a block pasted from Excel into a table of fields -------------------------------- */

  // as intake/clipboard.py: a leading quote counts only if its closing one ends the cell
  function clipboardCells(text) {
    const plain = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
    const cell = /"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*)/y;
    const rows = [[]];
    for (let at = 0; at <= plain.length; at += 1) {
      cell.lastIndex = at;
      const [whole, quoted, bare] = cell.exec(plain);
      rows[rows.length - 1].push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
      at += whole.length;
      if (plain[at] === "\n") rows.push([]);
    }
    return rows;
  }

  // Lines without a tab may be one long text; only a table's own copy is a column of cells.
  function isBlock(field, data, text) {
    if (field.tagName === "SELECT" || field.inputMode === "numeric" || text.includes("\t")) return true;
    const isColumn = /[^\r\n][\r\n]+[^\r\n]/.test(text);
    return isColumn && (field.tagName !== "TEXTAREA" || /<table/i.test(data.getData("text/html")));
  }

  const folded = (text) => text.trim().toLowerCase().replace(/\s+/g, " ").replaceAll("ё", "е");

  function putCell(field, text) {
    if (field.tagName === "SELECT") {
      const words = (option) => (option.dataset.words || option.text).split("|").map(folded);
      const option = [...field.options].find((choice) => words(choice).includes(folded(text)));
      if (!option) return false;
      field.value = option.value;
    } else if (field.inputMode === "numeric") {
      const number = text.replace(/\s/g, "");
      if (!/^(\+|\d+)$/.test(number)) return false;
      field.value = number;
    } else {
      field.value = field.tagName === "TEXTAREA" ? text.trim() : text.trim().replace(/\s+/g, " ");
    }
    for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
    return true;
  }

  // A block whose first column names rows of the table goes to them; any other goes down from the cell.
  function rowsOf(table, top, rows) {
    const lines = [...table.tBodies[0].rows];
    const named = new Map(lines.map((line) => [folded(line.querySelector("th").textContent), line]));
    const isNamed = rows.some(([name, ...rest]) => rest.length && /[а-я]/i.test(name) && named.has(folded(name)));
    return { isNamed, lines: rows.map((cells, down) => (isNamed ? named.get(folded(cells[0])) : lines[top + down])) };
  }

  function spreadBlock(table, field, rows) {
    const { isNamed, lines } = rowsOf(table, field.closest("tr").sectionRowIndex, rows);
    const left = field.closest("td").cellIndex - (isNamed ? 1 : 0);
    const refused = [];
    let put = 0;
    rows.forEach((cells, down) => {
      cells.forEach((text, right) => {
        if (/^\s*[-–—]?\s*$/.test(text) || (isNamed && right === 0 && lines[down])) return; // leaves what is there
        const target = lines[down]?.cells[left + right]?.querySelector(".input");
        if (!target || !putCell(target, text)) {
          const named = "named" in table.dataset && target?.getAttribute("aria-label");
          refused.push(`«${text.trim()}» (${named || `строка ${down + 1} скопированного, столбец ${right + 1}`})`);
          return;
        }
        put += 1;
        const tick = table.dataset.paste && lines[down].querySelector(`[name="${table.dataset.paste}"]`);
        if (tick && !tick.checked) tick.click();
      });
    });
    say(`Вставлено ячеек: ${put}. Проверьте и сохраните.`);
    if (refused.length === 0) clearAlert();
    else {
      const more = refused.length > 3 ? ` и ещё ${refused.length - 3}` : "";
      const rest = document.createElement("textarea"); // to be copied: nothing is lost
      Object.assign(rest, { className: "input", readOnly: true, rows: 2, value: refused.join("\n") });
      rest.setAttribute("aria-label", "Всё, что не вставлено");
      const told = `Не вставлено: ${refused.slice(0, 3).join(", ")}${more}. Впишите или выберите в таблице сами.`;
      showAlert(told, refused.length > 3 && rest);
    }
  }

  document.addEventListener("paste", (event) => {
    const field = document.activeElement; // a list of choices is never the event's own target
    const table = field?.closest("table[data-paste]");
    const text = event.clipboardData?.getData("text/plain") || "";
    if (!table || !text || !field.matches("td .input") || !isBlock(field, event.clipboardData, text)) return;
    event.preventDefault();
    spreadBlock(table, field, clipboardCells(text));
  });
})();
