// What we say in a call, spoken by the browser's own voice, line after line. Silent until a person called or answered.
"use strict";

const LONGEST_PAUSE_S = 8;
const PACE = 0.9;
const speech = "speechSynthesis" in window && window.speechSynthesis && "SpeechSynthesisUtterance" in window ? window.speechSynthesis : null;
const isAudible = { left: false, right: false };
let toSay = [];
let saying = null;

function say(side, lines, tongue) {
  if (!speech || !isAudible[side]) return;
  for (const line of lines) if (line.matches(".us, .pause")) toSay.push({ side, line, tongue });
  if (!saying) sayNext();
}

function sayNext() {
  const mine = saying = toSay.shift() ?? null;
  if (!mine) return;
  const done = () => {
    mine.line.classList.remove("now");
    if (saying === mine) sayNext();
  };
  mine.line.classList.add("now");
  bringIntoView(mine.line);
  if (mine.line.matches(".pause")) {
    mine.timer = setTimeout(done, Math.min(Number(mine.line.dataset.seconds), LONGEST_PAUSE_S) * 1000);
    return;
  }
  const utterance = new SpeechSynthesisUtterance(mine.line.textContent.trim());
  utterance.lang = mine.tongue;
  utterance.rate = PACE;
  utterance.onend = done;
  utterance.onerror = done;
  mine.utterance = utterance; // Chromium forgets an utterance that nobody holds, and with it the end of it
  speech.speak(utterance);
}

function bringIntoView(line) { // within the transcript only: the page itself stays where the person put it
  const heard = line.closest(".heard");
  const top = line.offsetTop - heard.offsetTop;
  if (top < heard.scrollTop) heard.scrollTop = top;
  else heard.scrollTop = Math.max(heard.scrollTop, top + line.offsetHeight - heard.clientHeight);
}

function hush(side) {
  toSay = toSay.filter((each) => each.side !== side);
  if (saying?.side !== side) return;
  saying.line.classList.remove("now");
  clearTimeout(saying.timer);
  saying = null;
  speech.cancel();
  sayNext();
}

function setAudible(side, wish) {
  isAudible[side] = Boolean(speech) && wish;
  if (!isAudible[side]) hush(side);
}

function showSound(panel, side) {
  const button = panel.querySelector("[data-sound]");
  button.hidden = !speech;
  button.setAttribute("aria-pressed", String(isAudible[side]));
}
