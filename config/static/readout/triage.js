// Brings the claim that is being decided into sight in the article, where that scrolls by itself. Without it one scrolls.
"use strict";
{
  const article = document.querySelector(".ro-triage > article");
  const mark = article?.querySelector(".ro-mark.is-on");
  if (mark && article.scrollHeight > article.clientHeight) {
    const below = mark.getBoundingClientRect().top - article.getBoundingClientRect().top;
    if (below > article.clientHeight / 2) article.scrollTop += below - article.clientHeight / 3;
  }
}
