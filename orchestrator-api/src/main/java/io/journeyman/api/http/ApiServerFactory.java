package io.journeyman.api.http;

import io.dropwizard.core.server.AbstractServerFactory;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jetty.GzipHandlerFactory;
import io.dropwizard.jetty.HttpConnectorFactory;
import io.dropwizard.request.logging.LogbackAccessRequestLogFactory;
import io.dropwizard.util.DataSize;
import io.dropwizard.util.Duration;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;

/**
 * One port, virtual threads, no admin port, limits on everything: connections, headers, idle time. Requests are not logged
 * one by one; errors are, where they are handled.
 */
public final class ApiServerFactory extends AbstractServerFactory {
    static final int MOST_CONNECTIONS = 4_096;
    static final int LARGEST_HEAD_KIB = 16;

    private final HttpConnectorFactory connector = new HttpConnectorFactory();

    public ApiServerFactory(String host, int port) {
        connector.setBindHost(host);
        connector.setPort(port);
        connector.setMaxRequestHeaderSize(DataSize.kibibytes(LARGEST_HEAD_KIB));
        // longer than the heartbeat of an event stream, and than the wait for a reply
        connector.setIdleTimeout(Duration.seconds(90));
        setEnableVirtualThreads(true);
        // virtual ones, of which each event stream takes one as long as it is open: with fewer than connections,
        // listeners would keep others out
        setMaxThreads(MOST_CONNECTIONS);
        setMinThreads(8);
        setShutdownGracePeriod(Duration.seconds(5));
        setRegisterDefaultExceptionMappers(false);
        setEnableThreadNameFilter(false);
        var gzip = new GzipHandlerFactory();
        // not event streams: an event must leave at once
        gzip.setCompressedMimeTypes(Set.of(
                "text/html",
                "text/css",
                "text/javascript",
                "application/json",
                "application/problem+json",
                "image/svg+xml"));
        setGzipFilterFactory(gzip);
        var requestLog = new LogbackAccessRequestLogFactory();
        requestLog.setAppenders(List.of());
        setRequestLogFactory(requestLog);
    }

    @Override
    public void configure(Environment environment) {
        environment.getApplicationContext().setContextPath("/");
    }

    @Override
    public Server build(Environment environment) {
        configure(environment);
        var server = buildServer(environment.lifecycle(), createThreadPool(environment.metrics()));
        // whoever started the API stops it, in the order that it needs
        server.setStopAtShutdown(false);
        var handler = createAppServlet(
                server,
                environment.jersey(),
                environment.getObjectMapper(),
                environment.getValidator(),
                environment.getApplicationContext(),
                environment.getJerseyServletContainer(),
                environment.metrics());
        var listening = connector.build(server, environment.metrics(), environment.getName(), server.getThreadPool());
        server.addConnector(listening);
        server.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, server));
        server.setErrorHandler(new EdgeProblems());
        environment.getApplicationContext().setErrorHandler(new EdgeProblems());
        server.setHandler(addGracefulHandler(buildGzipHandler(handler)));
        return server;
    }
}
