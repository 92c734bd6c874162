import { add, show } from "./screens.js";
import * as news from "./news.js";
import * as record from "./record.js";
import * as round from "./round.js";
import * as today from "./today.js";

add("nieuw", record);
add("vandaag", today);
add("nieuws", news);
add("ronde", round);
show(location.hash.slice(1) || "nieuw");
