// What the page has beside its modules: Leaflet, as a script of its own.
declare const L: any;
