package io.journeyman.api;

import io.journeyman.activities.model.Models;

/** One worker alone, from its environment (see {@link ApiConfig#fromEnvironment}): what a container runs. */
public final class WorkerMain {
    private WorkerMain() {}

    public static void main(String[] arguments) throws Exception {
        var model = Models.fromEnvironment(System.getenv());
        var worker = WorkerService.start(
                ApiConfig.fromEnvironment(System.getenv()),
                model,
                Boolean.parseBoolean(System.getenv("JOURNEYMAN_WORKER_CURRENT")));
        Runtime.getRuntime().addShutdownHook(new Thread(worker::close, "stop"));
        System.out.println("The worker polls; its model is " + model.name());
        Thread.currentThread().join();
    }
}
