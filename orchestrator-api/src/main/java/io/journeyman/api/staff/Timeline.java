package io.journeyman.api.staff;

import com.google.protobuf.Timestamp;
import io.journeyman.api.conversation.Engine;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A workflow's history as people read it: one line for each step, wait and word, however many events it has. */
final class Timeline {
    /** How a line is to be seen. */
    enum Tone {
        step,
        wait,
        word,
        trouble,
        end
    }

    /** @param what in a few words @param detail which agent, how often, how long; empty when there is nothing to add */
    record Line(Instant at, Tone tone, String what, String detail) {}

    private final List<Engine.Unanswered> waits;
    private final DataConverter converter;
    private final Map<Long, HistoryEvent> scheduled = new HashMap<>();
    private final Map<Long, HistoryEvent> begun = new HashMap<>();
    private final List<Line> lines = new ArrayList<>();

    private Timeline(List<Engine.Unanswered> waits, DataConverter converter) {
        this.waits = waits;
        this.converter = converter;
    }

    /** @param waits what was not answered, and when it is tried again: the history does not say it before it is over */
    static List<Line> of(List<HistoryEvent> events, List<Engine.Unanswered> waits, DataConverter converter) {
        var timeline = new Timeline(waits, converter);
        events.forEach(timeline::read);
        timeline.scheduled.values().forEach(timeline::stillTried);
        return List.copyOf(timeline.lines);
    }

    private void read(HistoryEvent event) {
        switch (event.getEventType()) {
            case EVENT_TYPE_WORKFLOW_EXECUTION_STARTED ->
                add(
                        event,
                        Tone.end,
                        event.getWorkflowExecutionStartedEventAttributes()
                                        .getWorkflowType()
                                        .getName()
                                + " started",
                        "");
            case EVENT_TYPE_ACTIVITY_TASK_SCHEDULED -> scheduled.put(event.getEventId(), event);
            case EVENT_TYPE_ACTIVITY_TASK_STARTED ->
                begun.put(event.getActivityTaskStartedEventAttributes().getScheduledEventId(), event);
            case EVENT_TYPE_ACTIVITY_TASK_COMPLETED ->
                step(event, event.getActivityTaskCompletedEventAttributes().getScheduledEventId(), "");
            case EVENT_TYPE_ACTIVITY_TASK_FAILED -> {
                var failed = event.getActivityTaskFailedEventAttributes();
                step(event, failed.getScheduledEventId(), why(failed.getFailure()));
            }
            case EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT -> {
                var late = event.getActivityTaskTimedOutEventAttributes();
                step(event, late.getScheduledEventId(), "no answer in time");
            }
            case EVENT_TYPE_MARKER_RECORDED -> quickStep(event);
            case EVENT_TYPE_TIMER_STARTED -> {
                var timer = event.getTimerStartedEventAttributes();
                add(
                        event,
                        Tone.wait,
                        "Waits",
                        "up to "
                                + words(Duration.ofSeconds(
                                        timer.getStartToFireTimeout().getSeconds())));
            }
            case EVENT_TYPE_TIMER_FIRED -> add(event, Tone.wait, "The wait is over", "");
            case EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED ->
                add(
                        event,
                        Tone.word,
                        "Heard: "
                                + event.getWorkflowExecutionSignaledEventAttributes()
                                        .getSignalName(),
                        "");
            case EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED ->
                add(
                        event,
                        Tone.step,
                        "Tells "
                                + event.getSignalExternalWorkflowExecutionInitiatedEventAttributes()
                                        .getWorkflowExecution()
                                        .getWorkflowId(),
                        event.getSignalExternalWorkflowExecutionInitiatedEventAttributes()
                                .getSignalName());
            case EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED ->
                add(
                        event,
                        Tone.word,
                        "Asked: "
                                + event.getWorkflowExecutionUpdateAcceptedEventAttributes()
                                        .getAcceptedRequest()
                                        .getInput()
                                        .getName(),
                        "");
            case EVENT_TYPE_WORKFLOW_EXECUTION_CANCEL_REQUESTED ->
                add(event, Tone.word, "Asked to stop in Temporal's UI", "");
            case EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED ->
                add(
                        event,
                        Tone.step,
                        "Starts "
                                + event.getStartChildWorkflowExecutionInitiatedEventAttributes()
                                        .getWorkflowId(),
                        "");
            case EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_COMPLETED ->
                add(
                        event,
                        Tone.step,
                        event.getChildWorkflowExecutionCompletedEventAttributes()
                                        .getWorkflowExecution()
                                        .getWorkflowId()
                                + " has ended",
                        "");
            case EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_FAILED ->
                add(
                        event,
                        Tone.trouble,
                        event.getChildWorkflowExecutionFailedEventAttributes()
                                        .getWorkflowExecution()
                                        .getWorkflowId()
                                + " failed",
                        "");
            case EVENT_TYPE_WORKFLOW_TASK_FAILED ->
                add(
                        event,
                        Tone.trouble,
                        "The journey's code stumbled; it is tried again",
                        why(event.getWorkflowTaskFailedEventAttributes().getFailure()));
            case EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED -> add(event, Tone.end, "Ended", "");
            case EVENT_TYPE_WORKFLOW_EXECUTION_FAILED ->
                add(
                        event,
                        Tone.trouble,
                        "Failed",
                        why(event.getWorkflowExecutionFailedEventAttributes().getFailure()));
            case EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED -> add(event, Tone.end, "Stopped on request", "");
            case EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED -> add(event, Tone.trouble, "Terminated in Temporal", "");
            case EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT -> add(event, Tone.trouble, "Timed out", "");
            default -> {
                // what the engine writes down for itself
            }
        }
    }

    private void step(HistoryEvent ended, long scheduledId, String failure) {
        var first = scheduled.remove(scheduledId);
        if (first == null) {
            return;
        }
        int attempts = begun.containsKey(scheduledId)
                ? begun.get(scheduledId).getActivityTaskStartedEventAttributes().getAttempt()
                : 1;
        var detail = new ArrayList<String>();
        detail.add(summary(first));
        if (attempts > 1) {
            detail.add(attempts + " tries");
        }
        detail.add(words(Duration.between(at(first), at(ended))));
        if (!failure.isEmpty()) {
            detail.add(failure);
        }
        add(
                first,
                failure.isEmpty() ? Tone.step : Tone.trouble,
                first.getActivityTaskScheduledEventAttributes()
                        .getActivityType()
                        .getName(),
                joined(detail));
    }

    private void stillTried(HistoryEvent first) {
        String step = first.getActivityTaskScheduledEventAttributes()
                .getActivityType()
                .getName();
        String id = first.getActivityTaskScheduledEventAttributes().getActivityId();
        var detail = new ArrayList<String>();
        detail.add(summary(first));
        detail.add("not answered yet");
        waits.stream()
                .filter(wait -> wait.step().equals(step) && wait.activityId().equals(id))
                .findFirst()
                .ifPresent(wait -> detail.add(words(wait)));
        add(first, Tone.trouble, step, joined(detail));
    }

    /** A local activity: the SDK writes its type and, where it failed, the failure into a marker. */
    private void quickStep(HistoryEvent event) {
        var marker = event.getMarkerRecordedEventAttributes();
        if (!marker.getMarkerName().equals("LocalActivity")) {
            return;
        }
        var type = marker.getDetailsMap().get("type");
        if (type != null && type.getPayloadsCount() > 0) {
            String name =
                    DefaultDataConverter.STANDARD_INSTANCE.fromPayload(type.getPayloads(0), String.class, String.class);
            boolean failed = marker.hasFailure();
            add(
                    event,
                    failed ? Tone.trouble : Tone.step,
                    name,
                    joined(List.of(summary(event), failed ? why(marker.getFailure()) : "")));
        }
    }

    private String summary(HistoryEvent event) {
        return event.getUserMetadata().hasSummary()
                ? text(event.getUserMetadata().getSummary())
                : "";
    }

    private String text(Payload payload) {
        return converter.fromPayload(payload, String.class, String.class);
    }

    private static String why(Failure failure) {
        var root = failure;
        while (root.hasCause()) {
            root = root.getCause();
        }
        return root.hasApplicationFailureInfo()
                        && !root.getApplicationFailureInfo().getType().isEmpty()
                ? root.getApplicationFailureInfo().getType()
                : root.getMessage();
    }

    private void add(HistoryEvent event, Tone tone, String what, String detail) {
        lines.add(new Line(at(event), tone, what, detail));
    }

    private static Instant at(HistoryEvent event) {
        Timestamp time = event.getEventTime();
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }

    private static String joined(List<String> parts) {
        return String.join(" · ", parts.stream().filter(part -> !part.isEmpty()).toList());
    }

    static String words(Engine.Unanswered wait) {
        return wait.tries() + " tries, the next at " + StaffPages.shown(wait.next());
    }

    static String words(Duration duration) {
        if (duration.toMillis() < 1_000) {
            return duration.toMillis() + " ms";
        }
        if (duration.toMinutes() < 2) {
            return duration.toSeconds() + " s";
        }
        return duration.toHours() < 2 ? duration.toMinutes() + " min" : duration.toHours() + " h";
    }
}
