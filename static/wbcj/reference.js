/* Shows the document of the API in ReDoc, whose styles carry the nonce of this page. */
"use strict";
const place = document.getElementById("document");
Redoc.init(place.dataset.document, { nonce: document.currentScript.dataset.nonce, disableSearch: true }, place);
