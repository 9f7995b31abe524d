/* Help for applicants on a phone; every step works without this file. Photos are shrunk before they are sent, the phone can
   tell its place, and the form saves each answer as it is given. */
(function () {
  "use strict";

  const SISI_MAKS = 2000;
  const MUTU = 0.82;
  const CUKUP_KECIL = 1048576;

  function ukuran(bita) {
    const mb = bita / 1048576;
    return mb < 1 ? Math.max(1, Math.round(bita / 1024)) + " kB" : mb.toFixed(1).replace(".", ",").replace(",0", "") + " MB";
  }

  /* One photo, smaller: at most 2000 px on a side, as JPEG. Anything that cannot be shrunk stays as it is. */
  async function perkecil(berkas) {
    if (!/^image\/(jpeg|png)$/.test(berkas.type) || berkas.size <= CUKUP_KECIL) return berkas;
    try {
      const gambar = await createImageBitmap(berkas, { imageOrientation: "from-image" });
      const skala = Math.min(1, SISI_MAKS / Math.max(gambar.width, gambar.height));
      const kanvas = document.createElement("canvas");
      kanvas.width = Math.round(gambar.width * skala);
      kanvas.height = Math.round(gambar.height * skala);
      kanvas.getContext("2d").drawImage(gambar, 0, 0, kanvas.width, kanvas.height);
      const hasil = await new Promise(function (jadi) { kanvas.toBlob(jadi, "image/jpeg", MUTU); });
      if (!hasil || hasil.size >= berkas.size) return berkas;
      return new File([hasil], berkas.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
    } catch (galat) {
      return berkas;
    }
  }

  document.querySelectorAll("input[type=file][data-perkecil]").forEach(function (masukan) {
    masukan.addEventListener("change", async function () {
      const asal = Array.from(masukan.files);
      const baru = await Promise.all(asal.map(perkecil));
      if (baru.every(function (berkas, i) { return berkas === asal[i]; })) return;
      const wadah = new DataTransfer();
      baru.forEach(function (berkas) { wadah.items.add(berkas); });
      masukan.files = wadah.files;
      const catatan = document.getElementById(masukan.id + "_ukuran");
      if (catatan) {
        catatan.textContent = baru.map(function (berkas, i) {
          return berkas.name + " (" + (berkas === asal[i] ? "" : ukuran(asal[i].size) + " → ") + ukuran(berkas.size) + ")";
        }).join(", ");
        catatan.classList.remove("galat");
      }
    });
  });

  /* "Pakai lokasi HP": only where the browser can, and only when it is pressed. */
  document.querySelectorAll("[data-lokasi]").forEach(function (tombol) {
    const masukan = document.getElementById(tombol.dataset.lokasi);
    if (!masukan || !navigator.geolocation) return;
    tombol.hidden = false;
    tombol.addEventListener("click", function () {
      navigator.geolocation.getCurrentPosition(function (tempat) {
        masukan.value = tempat.coords.latitude.toFixed(6) + ", " + tempat.coords.longitude.toFixed(6);
        masukan.dispatchEvent(new Event("change", { bubbles: true }));
      }, function () { tombol.textContent = tombol.dataset.gagal; });
    });
  });

  /* Each answer is saved as it is given, alone and in order, so that a slow request never undoes a later answer. The page
     says when; a lost signal is told, and the form itself still holds everything. */
  const catatan = document.querySelector("[data-simpan]");
  const form = document.querySelector("main form[method=post]");
  if (catatan && form) {
    let antrean = Promise.resolve();
    form.addEventListener("change", function (kejadian) {
      const nama = kejadian.target.name;
      if (!nama) return;
      const semua = new FormData(form);
      const isi = new FormData();
      isi.append("csrfmiddlewaretoken", semua.get("csrfmiddlewaretoken"));
      isi.append("otomatis", nama);
      semua.getAll(nama).forEach(function (nilai) { isi.append(nama, nilai); });
      antrean = antrean
        .then(function () {
          return fetch(window.location.pathname, { method: "POST", body: isi, redirect: "manual", credentials: "same-origin", keepalive: true });
        })
        .then(function (jawaban) {
          if (jawaban.status !== 204) throw new Error(String(jawaban.status));
          const kini = new Date();
          catatan.textContent = catatan.dataset.simpan + " " + String(kini.getHours()).padStart(2, "0") + "." + String(kini.getMinutes()).padStart(2, "0");
        })
        .catch(function () { catatan.textContent = catatan.dataset.gagal; });
    });
  }
}());
