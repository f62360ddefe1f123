package io.journeyman.bench.chaos.audit;

import java.util.List;

/**
 * A workflow as the engine lists it.
 *
 * @param status RUNNING, COMPLETED, FAILED…
 * @param waitingFor the search attribute; empty when it waits for nobody
 * @param pending activities and tasks that are not done yet
 */
public record Workflow(String id, String type, String status, String waitingFor, List<String> pending) {
    public Workflow {
        pending = List.copyOf(pending);
    }

    public boolean isOpen() {
        return status.equals("RUNNING");
    }

    public boolean isJourney() {
        return type.equals("AddressChange")
                || type.equals("Cancellation")
                || type.equals("CardRemoval")
                || type.equals("Checkout")
                || type.equals("Delivery")
                || type.equals("Reservation")
                || type.equals("Return");
    }

    public boolean waits() {
        return !waitingFor.isEmpty();
    }
}
