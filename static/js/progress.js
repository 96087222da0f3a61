// Progress on this device: remembered while signed out, sent on while signed in.

import "./record-answers.js";
import { settleOwners, thin } from "./device-events.js";
import { offerToClear } from "./leave-device.js";
import { showMyPage } from "./my-page.js";
import { PAGE, readerKnown } from "./reader.js";
import { noteOpened } from "./record-reading.js";
import { sendEvents, sendWhileLeaving } from "./send-events.js";
import { showDevice } from "./show-device.js";
import { offerDevice } from "./sync-offer.js";

noteOpened();
// After the reading's own listeners: the last stop is among what is sent.
addEventListener("pagehide", sendWhileLeaving);

readerKnown.then(async (reader) => {
  thin();
  settleOwners(reader, PAGE);
  showDevice();
  if (reader) {
    offerToClear();
    await sendEvents();
    await offerDevice();
  }
  showMyPage();
});
