package io.journeyman.workflows.delivery;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Starts the delivery of a confirmed order, which outlives its checkout: no child of it, for nobody waits for what one tells. */
@ActivityInterface
public interface DeliveryStart {
    /** Once: a delivery that has started before stays as it is, also when it has ended. */
    @ActivityMethod(name = "delivery.start")
    void start(Delivery.Request request);
}
