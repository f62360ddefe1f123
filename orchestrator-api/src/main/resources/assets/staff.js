const button = document.getElementById('sign-in');
const status = document.getElementById('status');
const signedIn = status.innerHTML;

button.addEventListener('click', async () => {
  button.disabled = true;
  const answer = await fetch('/v1/sessions/demo', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ as: 'staff' }),
  }).catch(() => ({ ok: false }));
  button.hidden = answer.ok;
  button.disabled = false;
  if (answer.ok) status.innerHTML = signedIn;
  else status.textContent = 'That did not work just now. Please try again.';
  status.hidden = false;
});
