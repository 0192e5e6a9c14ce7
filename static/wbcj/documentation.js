/* Opens the document of the API in Swagger UI. A token that is typed to try an operation stays in this page's memory alone. */
"use strict";
const place = document.getElementById("document");
SwaggerUIBundle({ url: place.dataset.document, domNode: place, deepLinking: true, persistAuthorization: false, validatorUrl: null });
