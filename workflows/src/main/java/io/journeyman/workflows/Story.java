package io.journeyman.workflows;

import io.journeyman.activities.conversation.ConversationActivities;
import io.journeyman.activities.conversation.JourneyNews;
import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.contracts.ConversationId;
import io.journeyman.workflows.Journey.Progress;
import io.temporal.common.SearchAttributeUpdate;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;

/**
 * What a journey says of itself while it runs: to the customer in the conversation, to staff in search attributes and current
 * details, to the API by its progress query. News are numbered per journey, so that each is told once.
 */
public final class Story {
    /** A journey that has ended waits so long for its last news to be told. */
    private static final int MOST_HOURS = 14 * 24;

    private final ConversationId conversation;
    private final String workflowId;
    private final String kind;
    private final Pauses pauses;
    private final ConversationActivities memory = Calls.quick(ConversationActivities.class, "Tell the customer");
    private final Deque<JourneyNews> untold = new ArrayDeque<>();
    private int told;
    private Progress progress = new Progress(JourneyStatus.running, "started", "", Optional.empty());

    public Story(ConversationId conversation, String workflowId, String kind, Pauses pauses) {
        this.conversation = conversation;
        this.workflowId = workflowId;
        this.kind = kind;
        this.pauses = pauses;
    }

    public Progress progress() {
        return progress;
    }

    /** Where it stands now; the customer need not hear of it. */
    public void stands(JourneyStatus status, String code) {
        become(status, code, "", Optional.empty());
    }

    /** The journey goes on; the customer need not hear of it. */
    public void goesOn(String code, SearchAttributeUpdate<?>... more) {
        become(JourneyStatus.running, code, "", Optional.empty(), more);
    }

    public void waits(
            JourneyStatus status,
            String code,
            String waitingFor,
            Instant until,
            Map<String, String> facts,
            SearchAttributeUpdate<?>... more) {
        become(status, code, waitingFor, Optional.of(until), more);
        tell(code, facts);
    }

    /** It waits, which staff see and the customer need not hear of. */
    public void waitsUnheard(
            JourneyStatus status, String code, String waitingFor, Instant until, Map<String, String> facts) {
        become(status, code, waitingFor, Optional.of(until));
        try {
            memory.note(news(code, facts));
        } catch (ActivityFailure later) {
            Workflow.getLogger(Story.class).warn("{} stands otherwise in its record until its next news", workflowId);
        }
    }

    /** It waits for the same as before, but longer. */
    public void waitsUntil(Instant later, Map<String, String> facts) {
        become(progress.status(), progress.code(), progress.waitingFor(), Optional.of(later));
        tell("deadline_extended", facts);
    }

    public void ends(JourneyStatus status, String code, Map<String, String> facts, SearchAttributeUpdate<?>... more) {
        become(status, code, "", Optional.empty(), more);
        tell(code, facts);
        for (int hour = 0; hour < MOST_HOURS && !untold.isEmpty(); hour++) {
            pauses.pause(Duration.ofHours(1));
            tellAll();
        }
    }

    /** An earlier run of this journey may have told as many: go on counting there. */
    public void continueAfter(int toldSoFar) {
        told = Math.max(told, toldSoFar);
    }

    /** What cannot be told now is told with the next piece, at the latest at the end: no journey fails because of its news. */
    public void tell(String code, Map<String, String> facts) {
        told++;
        untold.add(news(code, facts));
        tellAll();
    }

    private JourneyNews news(String code, Map<String, String> facts) {
        return new JourneyNews(
                conversation,
                workflowId,
                told,
                kind,
                code,
                progress.status(),
                progress.waitingFor(),
                progress.until(),
                facts);
    }

    private void tellAll() {
        try {
            while (!untold.isEmpty()) {
                memory.tell(untold.peek());
                untold.remove();
            }
        } catch (ActivityFailure later) {
            Workflow.getLogger(Story.class)
                    .warn("{} could not be told yet: {} pieces of news", workflowId, untold.size());
        }
    }

    private void become(
            JourneyStatus status,
            String code,
            String waitingFor,
            Optional<Instant> until,
            SearchAttributeUpdate<?>... more) {
        var before = progress;
        progress = new Progress(status, code, waitingFor, until);
        var changes = new ArrayList<SearchAttributeUpdate<?>>(Arrays.asList(more));
        if (before.status() != status) {
            changes.add(JourneyAttributes.JOURNEY_STATUS.valueSet(status.name()));
        }
        if (!before.waitingFor().equals(waitingFor)) {
            changes.add(
                    waitingFor.isEmpty()
                            ? JourneyAttributes.WAITING_FOR.valueUnset()
                            : JourneyAttributes.WAITING_FOR.valueSet(waitingFor));
        }
        if (!changes.isEmpty()) {
            Workflow.upsertTypedSearchAttributes(changes.toArray(SearchAttributeUpdate<?>[]::new));
        }
        Workflow.setCurrentDetails("**" + code.replace('_', ' ') + "**"
                + until.map(at -> " until " + at).orElse(""));
    }
}
