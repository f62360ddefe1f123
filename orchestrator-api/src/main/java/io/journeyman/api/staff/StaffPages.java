package io.journeyman.api.staff;

import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import io.journeyman.activities.staff.StaffJourneys;
import io.journeyman.contracts.ShopCurrency;
import io.journeyman.contracts.ShopTime;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Renders the console's pages: plain HTML and forms, with nothing to run in the browser. */
public final class StaffPages {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("d MMM, HH:mm:ss", Locale.ENGLISH).withZone(ShopTime.ZONE);

    /** What a form's answer says above the page it leads back to. */
    private static final Map<String, String> SAID = Map.ofEntries(
            Map.entry("cancelling", "It is being cancelled; everything is undone in turn."),
            Map.entry("too_late", "It is too late for that: it has ended, or only goes forward from here."),
            Map.entry("retrying", "It is being tried again now: look again in a moment what came of it."),
            Map.entry(
                    "nothing_to_retry",
                    "Nothing waits to be tried again. A quick step that was not answered tries again by itself within 20 seconds."),
            Map.entry("extended", "The deadline is extended, everything is kept as long, and the customer is told."),
            Map.entry("not_waiting", "It does not wait for that just now."),
            Map.entry("not_later", "It may wait that long already; choose a later time."),
            Map.entry(
                    "too_far",
                    "A deadline is extended by three days at most, counted from the first one: choose an earlier time."),
            Map.entry("stock_gone", "An item is not there any more, so nothing was extended."),
            Map.entry(
                    "agent_unavailable",
                    "An agent that has to do it does not answer; nothing has changed. Try again in a moment."),
            Map.entry("arrived", "The parcel is noted; it waits to be looked at."),
            Map.entry(
                    "inspected",
                    "The inspection is kept; what follows from it is done in turn, and the customer is told."),
            Map.entry(
                    "replacement_gone",
                    "The inspection is kept, but there is no other piece just now. Choose something else here, or wait: one that comes in is sent."),
            Map.entry("chosen", "It is chosen, and the customer is told what comes of it."),
            Map.entry("remedy_needed", "Choose what the customer gets."),
            Map.entry("no_claim", "Only what was claimed under a warranty is replaced or repaired."),
            Map.entry(
                    "inspection_incomplete",
                    "Each line is needed with all its pieces: give how many are taken, and why the others are not."),
            Map.entry("inspection_differs", "It was inspected before, with another outcome, which stands."),
            Map.entry("return_closed", "It has ended without its pieces; they may be returned anew."),
            Map.entry("ready", "It is ready, and the customer is told, with the code."),
            Map.entry("handed_over", "It is handed over, and the customer is told."),
            Map.entry("wrong_code", "That is not the code of this order: ask the customer for the one in their chat."),
            Map.entry(
                    "code_needed",
                    "Give the pickup code that the customer shows or says, of " + StaffActions.LONGEST_CODE
                            + " characters at most."),
            Map.entry(
                    "not_collected",
                    "Nobody collected it in time: the order is undone, and its pieces are the store's again."),
            Map.entry("unknown_collection", "No store keeps anything for an order of that number."),
            Map.entry("paid_out", "The payment is kept; the return goes on to its end."),
            Map.entry("resent", "The confirmation was told to the customer once more."),
            Map.entry(
                    "nothing_to_resend",
                    "There is no confirmation to send: it is not confirmed, or not kept any more."),
            Map.entry("ended", "It has ended already."),
            Map.entry(
                    "payment_unresolved",
                    "The bank has not told what became of the payment; until then nothing is cancelled."),
            Map.entry(
                    "reason_needed",
                    "Give a reason of 1 to " + StaffJourneys.LONGEST_REASON
                            + " characters of text: it is kept with what you do."),
            Map.entry("not_failed", "This payment has not failed, or is paid since."),
            Map.entry("nothing_chosen", "Choose at least one payment."),
            Map.entry("time_needed", "Choose until when."),
            Map.entry("time_wrong", "Give days such as 2026-11-24."),
            Map.entry("paused", "Paused."),
            Map.entry("running", "It goes on."),
            Map.entry("cancelled", "Stopped; what was tried stays."),
            Map.entry("not_running", "This replay has ended already."),
            Map.entry("delivery_announced", "Announced. Who waits for it hears of another day."),
            Map.entry("review_hidden", "The review is hidden; its customer alone still sees it."),
            Map.entry("review_shown", "The review is shown again."),
            Map.entry("unknown_review", "There is no such review."),
            Map.entry("agent_added", "Added: its tools work from the next message on."),
            Map.entry("agent_removed", "Taken away: its tools are gone from the next message on."),
            Map.entry("credit_granted", "Given: the customer can pay with it at once."),
            Map.entry("credit_taken_back", "Taken back: the customer has it no more."),
            Map.entry("form_stale", "The form was not whole: try it again on this page."),
            Map.entry(
                    "unavailable",
                    "The workflow engine does not answer. See below whether it was done all the same before you try again."));

    private final Configuration templates = new Configuration(Configuration.VERSION_2_3_34);

    public StaffPages() {
        templates.setClassForTemplateLoading(StaffPages.class, "/templates/staff");
        templates.setDefaultEncoding("UTF-8");
        templates.setURLEscapingCharset("UTF-8");
        templates.setLogTemplateExceptions(false);
        templates.setLocale(ShopCurrency.here().locale());
    }

    /** @param staff who looks @param said a code from {@link #SAID}, or nothing */
    String render(String template, String staff, String said, Map<String, ?> page) {
        var model = new HashMap<String, Object>(page);
        model.put("staff", staff);
        model.put("said", SAID.getOrDefault(said, ""));
        try (var out = new StringWriter()) {
            templates.getTemplate(template).process(model, out);
            return out.toString();
        } catch (TemplateException e) {
            throw new IllegalStateException("the page's template is wrong: " + e.getMessageWithoutStackTop(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What an action came to, in a sentence that says what to do. */
    static String said(String code) {
        return SAID.getOrDefault(code, words(code));
    }

    static String shown(Instant moment) {
        return MOMENT.format(moment);
    }

    static String words(String code) {
        return code.replace('_', ' ');
    }

    static ZoneId zone() {
        return ShopTime.ZONE;
    }
}
