/* The office's screen: keys to tap for the code, and back to the start when nobody answers. Works without as well. */
(function () {
  "use strict";

  const papan = document.querySelector("[data-papan]");
  const kode = document.querySelector("input[name='kode']");
  if (papan && kode) {
    "0123456789ABCDEFGHJKMNPQRSTVWXYZ".split("").forEach(function (huruf) {
      papan.append(tombol(huruf, "", function () {
        const rapat = (kode.value + huruf).replace(/[^0-9A-Za-z]/g, "").slice(0, 10);
        kode.value = rapat.length > 5 ? rapat.slice(0, 5) + "-" + rapat.slice(5) : rapat;
      }));
    });
    papan.append(tombol(papan.dataset.hapus, "papan-hapus", function () {
      kode.value = kode.value.replace(/.-?$/, "");
    }));
    papan.hidden = false;
  }

  function tombol(kata, kelas, saatDitekan) {
    const b = document.createElement("button");
    b.type = "button";
    b.textContent = kata;
    if (kelas) b.className = kelas;
    b.addEventListener("click", saatDitekan);
    return b;
  }

  /* Somebody walked away: after two minutes without a touch the next person finds a fresh start. */
  const DIAM_MS = 120000;
  const formulir = document.querySelector("form[data-kios]");
  if (formulir) {
    let jam = 0;
    const ulang = function () {
      window.clearTimeout(jam);
      jam = window.setTimeout(function () { window.location.replace(formulir.dataset.kios); }, DIAM_MS);
    };
    ["pointerdown", "keydown", "scroll", "input"].forEach(function (n) { document.addEventListener(n, ulang, { passive: true }); });
    ulang();
  }
})();
