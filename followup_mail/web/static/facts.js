// Helps on the pages about facts; without it everything works as well.

// The file as text: numbers that scroll along, and lines that a mistake leads to.
const text = document.querySelector(".numbered textarea");
if (text) {
  const numbers = document.querySelector(".numbers");
  const count = () => {
    numbers.textContent = text.value.split("\n").map((_, at) => at + 1).join("\n");
    numbers.scrollTop = text.scrollTop;
  };
  text.addEventListener("input", count);
  text.addEventListener("scroll", () => { numbers.scrollTop = text.scrollTop; });
  for (const link of document.querySelectorAll("[data-line]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const lines = text.value.split("\n");
      const line = Math.min(Number(link.dataset.line), lines.length);
      const begin = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
      text.focus();
      text.setSelectionRange(begin, begin + lines[line - 1].length);
      text.scrollTop = (text.scrollHeight / lines.length) * Math.max(line - 4, 0);
    });
  }
}
