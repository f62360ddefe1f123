'use strict';
// The page is rendered by the server. This script sends what the customer does, and fetches the page's middle again when an event says that something changed.
const status = document.getElementById('status'),
  say = document.getElementById('say'),
  text = document.getElementById('text');
const view = () => document.getElementById('view');
let events = null,
  refreshing = false,
  again = false,
  leaving = false;
function tell(words, bad) {
  status.textContent = words;
  status.classList.toggle('bad', Boolean(bad));
}
function problem(e) {
  return e.detail || 'The connection was lost. Nothing is lost on our side; please try again.';
}
async function call(method, path, body, key) {
  for (let attempt = 1; ; attempt++) {
    try {
      const headers = { 'Idempotency-Key': key };
      if (body) headers['Content-Type'] = 'application/json';
      const answer = await fetch(path, { method, headers, body: body ? JSON.stringify(body) : undefined });
      if (answer.ok) return answer.status === 204 ? null : await answer.json();
      const said = await answer.json().catch(() => ({}));
      if (answer.status !== 503 || attempt >= 5) throw Object.assign(new Error(said.code), said, { final: true });
    } catch (e) {
      if (e.final || attempt >= 5) throw e;
    }
    tell('The connection was lost; trying again with the same message…');
    await new Promise((done) => setTimeout(done, 800 * attempt));
  }
}
// A page is of one session. When that has ended, or is another one, the page begins anew; what was being typed stays.
const NOW = {
  none: 'Your session has ended. Sign in again to go on where you were, or write on as a new guest.',
  guest: 'You are signed out. This is a guest’s conversation.',
  customer: 'You are signed in now.',
  staff: 'You are signed in as staff in this browser. To shop here, sign out first.',
};
function reload(words) {
  leaving = true;
  if (words) sessionStorage.setItem('kept', JSON.stringify({ words, text: text.value }));
  location.reload();
}
function restore() {
  const kept = JSON.parse(sessionStorage.getItem('kept'));
  sessionStorage.removeItem('kept');
  if (!kept) return;
  tell(kept.words);
  text.value = kept.text;
}
const post = (path, body, key = crypto.randomUUID()) => call('POST', path, body, key);
async function refresh() {
  if (leaving) return;
  if (refreshing) {
    again = true;
    return;
  }
  refreshing = true;
  try {
    do {
      again = false;
      const before = view().dataset.session;
      const answer = await fetch('/chat/view');
      if (!answer.ok) continue;
      const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const session = fresh.getElementById('view').dataset.session;
      if (leaving) return;
      if (session !== before) {
        if (view().dataset.session === before) return reload(NOW[session]);
        again = true;
        continue;
      }
      const talk = document.querySelector('.talk'),
        atEnd = talk.scrollHeight - talk.scrollTop - talk.clientHeight < 160;
      const welcome = document.getElementById('welcome');
      if (welcome && !fresh.getElementById('welcome')) welcome.replaceWith(fresh.querySelector('.talk > h1'));
      merge(document.getElementById('log'), fresh.getElementById('log'));
      merge(document.getElementById('now'), fresh.getElementById('now'));
      document.querySelector('aside').replaceChildren(...fresh.querySelector('aside').childNodes);
      if (atEnd) toEnd();
    } while (again);
  } finally {
    refreshing = false;
  }
}
// Same id, same place; what the customer is typing into stays, and so does what a script has filled (source: what it was before).
function merge(here, fresh) {
  const wanted = [...fresh.children];
  const ids = new Set(wanted.map((e) => e.id));
  [...here.children].filter((e) => !ids.has(e.id)).forEach((e) => e.remove());
  wanted.forEach((element, i) => {
    const old = element.id && document.getElementById(element.id);
    const place = here.children[i] || null;
    if (!old) here.insertBefore(element, place);
    else {
      if (old !== place) here.insertBefore(old, place);
      if ((old.source ?? old.innerHTML) !== element.innerHTML && !old.contains(document.activeElement)) old.replaceWith(element);
    }
  });
}
function toEnd() {
  const t = document.querySelector('.talk');
  t.scrollTop = t.scrollHeight;
  document.getElementById('now').scrollIntoView({ block: 'end' });
}
function listen() {
  if (events || leaving || ['none', 'staff'].includes(view().dataset.session)) return;
  events = new EventSource('/v1/conversations/events?after=' + view().dataset.lastEvent);
  for (const kind of ['message', 'reply', 'proposal', 'cart', 'news', 'merged']) events.addEventListener(kind, refresh);
  events.addEventListener('progress', (e) =>
    tell('Looking into it: ' + (JSON.parse(e.data).body.tools || []).join(', ').replaceAll('_', ' ') + '…'),
  );
  // A stream that breaks comes back by itself; one that was refused (too many, or the session is over) does not.
  events.addEventListener('error', () => {
    if (events.readyState !== EventSource.CLOSED) return;
    events = null;
    setTimeout(() => refresh().then(listen, listen), 10_000);
  });
}
async function send(words) {
  tell('Sending…');
  const sendButton = say.querySelector('button');
  sendButton.disabled = true;
  try {
    if (view().dataset.session === 'none') {
      await post('/v1/sessions/guest');
      view().dataset.session = 'guest';
    }
    listen();
    const answer = await post('/v1/conversations/messages', { text: words, channel: 'web' });
    tell(answer.status === 'pending' ? 'This takes a little longer; the reply will appear here.' : '');
    text.value = '';
  } catch (e) {
    tell(problem(e), true);
    if (!text.value) text.value = words;
  } finally {
    sendButton.disabled = false;
    await refresh();
    toEnd();
    text.focus();
  }
}
async function act(button, work, stay) {
  button.disabled = true;
  tell('One moment…');
  try {
    await work();
    tell('');
  } catch (e) {
    tell(problem(e), true);
  }
  button.disabled = false;
  if (document.activeElement && document.activeElement.closest('#now, .review')) document.activeElement.blur();
  await refresh();
  if (!stay) toEnd();
}
say.addEventListener('submit', (e) => {
  e.preventDefault();
  const words = text.value.trim();
  if (words) send(words);
});
text.addEventListener('keydown', (e) => {
  if (e.key === 'Enter' && !e.shiftKey && !e.isComposing) {
    e.preventDefault();
    say.requestSubmit();
  }
});
document.addEventListener('click', (e) => {
  const button = e.target.closest('button');
  if (!button) return;
  const d = button.dataset;
  if (d.say) send(d.say);
  else if (d.confirm)
    act(button, () =>
      post('/v1/conversations/proposals/' + d.confirm + '/confirm', d.token && { paymentMethod: { token: d.token } }),
    );
  else if (d.with) act(button, () => post('/v1/journeys/' + d.with + '/payment-method', { token: d.token }));
  else if (d.forget) act(button, () => call('DELETE', '/v1/payment-methods/' + d.forget, null, crypto.randomUUID()));
  else if (d.decline) act(button, () => post('/v1/conversations/proposals/' + d.decline + '/decline'));
  else if (d.cash) act(button, () => post('/v1/journeys/' + d.cash + '/payment-method', { cashOnDelivery: true }));
  else if (d.cancel) act(button, () => post('/v1/journeys/' + d.cancel + '/cancel'));
  else if (d.do === 'sign-in')
    act(button, async () => {
      await post('/v1/sessions/demo', { as: 'customer' });
      reload();
    });
  else if (d.do === 'sign-out')
    act(button, async () => {
      await call('DELETE', '/v1/sessions', null, crypto.randomUUID());
      reload();
    });
});
document.addEventListener('submit', (e) => {
  const form = e.target.closest('form[data-upi]');
  if (!form) return;
  e.preventDefault();
  act(form.querySelector('[type=submit]'), async () => {
    await post('/v1/journeys/' + form.dataset.upi + '/payment-method', { vpa: form.vpa.value.trim() });
    form.reset();
  });
});
document.addEventListener('submit', (e) => {
  const form = e.target.closest('form[data-review]');
  if (!form) return;
  e.preventDefault();
  const { review, sku } = form.dataset;
  const said = { orderId: review, sku, rating: Number(form.rating.value), words: form.words.value.trim() };
  act(form.querySelector('[type=submit]'), () => post('/v1/reviews', said), true);
});
document.addEventListener('submit', (e) => {
  const form = e.target.closest('form[data-pay]');
  if (!form) return;
  e.preventDefault();
  act(form.querySelector('[type=submit]'), async () => {
    const session = await post('/v1/payment-sessions');
    const card = { sessionId: session.sessionId, secret: session.secret, cardNumber: form.cardNumber.value.trim() };
    if (form.expiry.value.trim()) card.expiry = form.expiry.value.trim();
    if (form.cvc.value.trim()) card.cvc = form.cvc.value.trim();
    if (form.keep.checked) card.keep = true;
    const answer = await fetch(session.url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(card),
    });
    const token = await answer.json();
    if (!answer.ok) throw token;
    form.reset();
    await post('/v1/journeys/' + form.dataset.pay + '/payment-method', { token: token.token });
  });
});
restore();
listen();
if (document.getElementById('log').children.length) toEnd();
