// The camera in the page: the picture goes from the lens into the signal and lies in no gallery of the device.
// Where the page may not have it, the file field asks the device instead.

const WANTED = { audio: false, video: { facingMode: { ideal: "environment" }, width: { ideal: 1920 }, height: { ideal: 1440 } } };

let stream = null;
let opening = false;
let view = null; // where it is shown

export const isOn = () => stream !== null;
export const isThere = () => Boolean(navigator.mediaDevices?.getUserMedia);

// Throws what the browser throws: NotAllowedError when denied, NotFoundError without a lens.
export async function on(where) {
  if (opening) return; // who taps twice means one camera
  view = where;
  opening = true;
  try {
    stream = await navigator.mediaDevices.getUserMedia(WANTED);
  } finally {
    opening = false;
  }
  // Locked, or closed, while the browser asked for leave.
  if (view.closest("section").hidden || view.closest("dialog")?.open === false) { off(); return; }
  const video = view.querySelector("video");
  video.srcObject = stream;
  view.hidden = false;
  await video.play();
  stream?.getVideoTracks()[0].addEventListener("ended", off);
}

export function off() {
  for (const track of stream?.getTracks() ?? []) track.stop();
  stream = null;
  if (!view) return;
  view.querySelector("video").srcObject = null;
  view.hidden = true;
}

// What the lens sees now, as something that can be drawn on a canvas.
export const shot = () => createImageBitmap(view.querySelector("video"));
