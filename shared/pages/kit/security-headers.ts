/**
 * The headers of every page.
 *
 * On a page that uploads, `form-action` and `connect-src` name the S3 origin too: a plain form posts the file there,
 * the progress bar's request is preflighted there, and Chromium holds a redirect back to us against `form-action` as well.
 * `same-origin` and not `no-referrer`: the latter makes our own forms say `Origin: null`.
 *
 * @param uploadsTo only on a page that uploads: scheme and host of the incoming bucket's URL, as `https://bucket.s3.eu-north-1.amazonaws.com`
 */
export function pageHeaders(uploadsTo?: string): Record<string, string> {
  const origins = uploadsTo ? `'self' ${uploadsTo}` : "'self'";
  return {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": [
      "default-src 'none'",
      "style-src 'self'",
      "font-src 'self'",
      "img-src 'self'",
      "script-src 'self'",
      `connect-src ${origins}`,
      `form-action ${origins}`,
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join("; "),
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "strict-transport-security": "max-age=31536000",
    "x-robots-tag": "noindex",
    "cache-control": "no-store",
  };
}
