/* Shows the document of the API in ReDoc, for reading. Loaded before the library, to hold it to our content security policy: a style that
   it makes carries the nonce of the page, and the one image that it makes, its maker's, takes no address of its maker's host and is said
   to have failed, whereupon the library leaves it out. Its search would be a script made while it runs: the browser finds words. */
"use strict";
const nonce = document.currentScript.nonce;
const make = Document.prototype.createElement;
Document.prototype.createElement = function (...about) {
  const made = make.apply(this, about);
  if (made instanceof HTMLStyleElement) made.nonce = nonce;
  if (made instanceof HTMLImageElement) withoutAddress(made);
  return made;
};
const withoutAddress = (image) => {
  const fail = () => setTimeout(() => image.dispatchEvent(new Event("error")));
  const set = image.setAttribute;
  Object.defineProperty(image, "src", { set: fail });
  image.setAttribute = (name, value) => (name === "src" ? fail() : set.call(image, name, value));
};
document.addEventListener("DOMContentLoaded", () => {
  const place = document.getElementById("document");
  Redoc.init(place.dataset.document, { disableSearch: true }, place);
});
