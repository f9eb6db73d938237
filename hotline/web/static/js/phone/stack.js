// JsSIP, brought in once. What npm has of it is no module: the vendor script sets a global.

/** @type {Promise<Sip.Stack> | null} */
let loading = null;

/** The SIP stack. Rejects when the script cannot be fetched; the next call tries again. */
export function sipStack() {
  if (window.JsSIP) return Promise.resolve(/** @type {Sip.Stack} */ (window.JsSIP));
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL("../../vendor/jssip.min.js", import.meta.url).href;
    script.addEventListener("load", () => resolve(/** @type {Sip.Stack} */ (window.JsSIP)));
    script.addEventListener("error", () => {
      loading = null;
      script.remove();
      reject(new Error("the phone's script could not be fetched"));
    });
    document.head.append(script);
  });
  return loading;
}
