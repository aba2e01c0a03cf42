// What we say in a call, spoken by the browser's own voice, line after line. Silent until a person called or answered.
// A story has the lines appear one after another instead, voice or not.
"use strict";

const LONGEST_PAUSE_S = 8;
const PACE = 0.9;
const WORDS_A_SECOND = 2.6;
const speech = "speechSynthesis" in window && window.speechSynthesis && "SpeechSynthesisUtterance" in window ? window.speechSynthesis : null;
const isAudible = { left: false, right: false };
let unfolding = 0; // how many times as fast as speech a story has lines appear; 0: they are all there at once
let toSay = [];
let saying = null;

function say(side, lines, tongue) {
  if (!unfolding && (!speech || !isAudible[side])) return;
  for (const line of lines) {
    if (!line.matches(".us, .pause")) continue;
    if (unfolding) line.classList.add("unsaid");
    toSay.push({ side, line, tongue });
  }
  if (!saying) sayNext();
}

function sayNext() {
  const mine = saying = toSay.shift() ?? null;
  if (!mine) return;
  const done = () => {
    mine.line.classList.remove("now");
    if (saying === mine) sayNext();
  };
  mine.line.classList.remove("unsaid");
  mine.line.classList.add("now");
  bringIntoView(mine.line);
  if (mine.line.matches(".pause")) {
    const seconds = Math.min(Number(mine.line.dataset.seconds), LONGEST_PAUSE_S);
    mine.timer = setTimeout(done, (seconds * 1000) / (unfolding || 1));
    return;
  }
  if (!speech || !isAudible[mine.side]) {
    const words = mine.line.textContent.trim().split(/\s+/).length;
    mine.timer = setTimeout(done, (words / WORDS_A_SECOND) * (1000 / (unfolding || 1)));
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
  const top = line.offsetTop;
  if (top < heard.scrollTop) heard.scrollTop = top;
  else heard.scrollTop = Math.max(heard.scrollTop, top + line.offsetHeight - heard.clientHeight);
}

const isSaying = () => saying !== null;

function hush(side) {
  for (const each of toSay) if (each.side === side) each.line.classList.remove("unsaid");
  toSay = toSay.filter((each) => each.side !== side);
  if (saying?.side !== side) return;
  saying.line.classList.remove("now");
  clearTimeout(saying.timer);
  saying = null;
  speech?.cancel();
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
