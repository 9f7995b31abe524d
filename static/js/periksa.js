/* Completeness check by keyboard, progressive help only: T accept, K short, F seen on paper, arrows move between requirements. */
(function () {
  "use strict";
  const form = document.querySelector("[data-periksa]");
  if (!form) return;
  const kartu = Array.from(form.querySelectorAll(".periksa-syarat"));
  const pilihan = { t: "terima", k: "kurang", f: "fisik" };

  function kini() {
    return document.activeElement ? document.activeElement.closest(".periksa-syarat") : null;
  }

  function pindah(tuju) {
    if (!tuju) return;
    const masukan = tuju.querySelector("input[type=radio]:checked") || tuju.querySelector("input[type=radio]");
    masukan.focus();
    tuju.scrollIntoView({ block: "nearest" });
    const tautan = tuju.querySelector("a[target=penampil]");
    const penampil = document.querySelector("iframe[name=penampil]");
    if (tautan && penampil && penampil.src !== tautan.href) penampil.src = tautan.href;
  }

  form.addEventListener("focusin", function () {
    kartu.forEach(function (satu) { satu.classList.toggle("kini", satu === kini()); });
  });

  /* Only while the focus is on a verdict: nobody who types a note loses a letter (WCAG 2.1.4). */
  form.addEventListener("keydown", function (kejadian) {
    if (kejadian.target.type !== "radio" || kejadian.ctrlKey || kejadian.metaKey || kejadian.altKey) return;
    const ini = kini();
    const nilai = pilihan[kejadian.key.toLowerCase()];
    if (nilai) {
      const radio = ini.querySelector("input[value='" + nilai + "']");
      radio.checked = true;
      radio.dispatchEvent(new Event("change", { bubbles: true }));
      kejadian.preventDefault();
      if (nilai === "kurang") ini.querySelector("select").focus();
      else pindah(kartu[kartu.indexOf(ini) + 1]);
    } else if (kejadian.key === "ArrowDown" || kejadian.key === "ArrowUp") {
      kejadian.preventDefault();
      pindah(kartu[kartu.indexOf(ini) + (kejadian.key === "ArrowDown" ? 1 : -1)]);
    }
  });
}());
