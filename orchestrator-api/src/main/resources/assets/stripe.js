'use strict';
// Stripe's own card form. What is typed goes from Stripe's frame to Stripe; only its name of the card, pm_…, comes back and is handed on.
const cardForms = new WeakMap();
function showCardForms() {
  for (const form of document.querySelectorAll('form[data-stripe]')) {
    if (cardForms.has(form)) continue;
    const place = form.querySelector('.stripe');
    const kept = form.closest('#now > *');
    kept.source = kept.innerHTML;
    if (typeof Stripe === 'undefined') {
      cardForms.set(form, null);
      form.querySelector('[type=submit]').disabled = true;
      place.textContent = 'The card form could not be loaded. Please try again in a moment, or pay otherwise.';
      continue;
    }
    const stripe = Stripe(form.dataset.key);
    const elements = stripe.elements({
      mode: 'payment',
      amount: Number(form.dataset.amount),
      currency: form.dataset.currency,
      captureMethod: 'manual',
      paymentMethodCreation: 'manual',
      paymentMethodTypes: ['card'],
    });
    elements.create('payment').mount(place);
    cardForms.set(form, { stripe, elements });
  }
}
function made(answer) {
  if (answer.error) throw { detail: answer.error.message };
  return answer;
}
document.addEventListener('submit', (e) => {
  const form = e.target.closest('form[data-stripe]');
  if (!form) return;
  e.preventDefault();
  act(form.querySelector('[type=submit]'), async () => {
    const { stripe, elements } = cardForms.get(form);
    made(await elements.submit());
    const card = made(await stripe.createPaymentMethod({ elements }));
    await post('/v1/journeys/' + form.dataset.stripe + '/payment-method', { gatewayMethod: card.paymentMethod.id });
  });
});
new MutationObserver(showCardForms).observe(document.getElementById('now'), { childList: true });
showCardForms();
