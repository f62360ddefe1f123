package io.journeyman.workflows;

import io.temporal.failure.ActivityFailure;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Idempotent steps that usually take milliseconds: each is tried once as a quick one (one event, no task of its own), and where that
 * fails it is an activity like others, which staff see waiting, and may have tried again at once.
 */
final class QuickFirst {
    private QuickFirst() {}

    /**
     * @param once stub of local activities that are tried once
     * @param lasting stub of activities with patience
     */
    static <T> T of(Class<T> activities, T once, T lasting) {
        return activities.cast(Proxy.newProxyInstance(
                activities.getClassLoader(), new Class<?>[] {activities}, (proxy, step, arguments) -> {
                    try {
                        return call(once, step, arguments);
                    } catch (ActivityFailure failure) {
                        if (!Calls.mayPass(failure)) {
                            throw failure;
                        }
                        return call(lasting, step, arguments);
                    }
                }));
    }

    private static Object call(Object stub, Method step, Object[] arguments) throws Throwable {
        try {
            return step.invoke(stub, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
