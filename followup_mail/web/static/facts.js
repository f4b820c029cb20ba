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

// The questions: a beginning opens in place, and the sentence grows while it is typed.
const questions = document.querySelector("form[data-questions]");
if (questions) {
  const waiting = new Map();
  const asking = new Map();
  const ask = async (question, pressed) => {
    const name = question.dataset.name;
    const sent = new URLSearchParams();
    for (const [key, value] of new FormData(questions)) {
      if (["form_word", "kind", "to", "again"].includes(key) || key.slice(key.indexOf("-") + 1) === name) sent.append(key, value);
    }
    sent.append("only", name);
    sent.append("do", pressed);
    asking.get(name)?.abort();
    const control = new AbortController();
    asking.set(name, control);
    try {
      const answer = await fetch(questions.dataset.questions, { method: "POST", body: sent, signal: control.signal });
      return answer.ok ? await answer.text() : "";
    } catch {
      return "";
    }
  };
  questions.addEventListener("input", (event) => {
    const question = event.target.closest(".question");
    if (!question || event.target.type === "radio") return;
    clearTimeout(waiting.get(question));
    waiting.set(question, setTimeout(async () => {
      const html = await ask(question, "look");
      if (html) question.querySelector(".look").innerHTML = html;
    }, 350));
  });
  questions.addEventListener("click", async (event) => {
    const button = event.target.closest("button[name=do]");
    const question = event.target.closest(".question");
    if (!button || !question || !/^(start|take|line|correct|other):/.test(button.value)) return;
    event.preventDefault();
    clearTimeout(waiting.get(question));
    const html = await ask(question, button.value);
    if (!html) return questions.requestSubmit(button);
    question.querySelector(".answer").innerHTML = html;
    (question.querySelector(".answer input:not([type=hidden]), .answer textarea") ?? question.querySelector(".answer button"))?.focus();
  });
  // Enter in a field saves its question, not the first button of the page.
  questions.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.target.tagName !== "INPUT") return;
    const save = event.target.closest(".question")?.querySelector("button[value^='save:']");
    if (save) {
      event.preventDefault();
      save.click();
    }
  });
}
