package io.journeyman.api;

/** One API alone, from its environment (see {@link ApiConfig#fromEnvironment}): what a container runs. */
public final class ApiMain {
    private ApiMain() {}

    public static void main(String[] arguments) throws Exception {
        var api = ApiService.start(ApiConfig.fromEnvironment(System.getenv()));
        Runtime.getRuntime().addShutdownHook(new Thread(api::close, "stop"));
        System.out.println("The API listens on " + api.url());
        Thread.currentThread().join();
    }
}
