const demo = document.getElementById('sign-in');
const form = document.getElementById('by-token');
const status = document.getElementById('status');
const signedIn = status.innerHTML;

async function signIn(path, body) {
  const buttons = document.querySelectorAll('button');
  buttons.forEach((button) => (button.disabled = true));
  try {
    const answer = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw await answer.json();
    form.hidden = true;
    if (demo) demo.hidden = true;
    status.innerHTML = signedIn;
  } catch (e) {
    status.textContent = e.detail || 'That did not work just now. Please try again.';
  }
  buttons.forEach((button) => (button.disabled = false));
  status.hidden = false;
}
if (demo) demo.addEventListener('click', () => signIn('/v1/sessions/demo', { as: 'staff' }));
form.addEventListener('submit', (e) => {
  e.preventDefault();
  signIn('/v1/sessions', { token: form.token.value.trim(), as: 'staff' });
});
