# Harrier in one image: the program, as a user without rights, with its state in a volume.
# Build: docker build -t harrier .        Use: docs/deployment.md
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
RUN apt-get update && apt-get install -y --no-install-recommends npm && rm -rf /var/lib/apt/lists/*
WORKDIR /source
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 CI=true
COPY . .
RUN dotnet publish src/Harrier.Cli/Harrier.Cli.csproj -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
COPY --from=build /app /app
# The user that the base image brings; its number is fixed, so that volumes keep their owner.
RUN mkdir -p /var/lib/harrier /etc/harrier && chown $APP_UID:$APP_UID /var/lib/harrier && chmod 700 /var/lib/harrier
USER $APP_UID
WORKDIR /var/lib/harrier
VOLUME /var/lib/harrier
ENV DOTNET_gcServer=0 DOTNET_EnableDiagnostics=0
EXPOSE 8000
# The image has no HTTP client; bash speaks enough of it. 200 is healthy or degraded, 503 is not.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8000; printf 'GET /health HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3; read -r line <&3; [[ $line == *' 200 '* ]]"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["dotnet", "/app/harrier.dll"]
# Other containers reach it; the port is opened to the machine by who starts it, through the gateway of the usual network.
CMD ["run", "--home", "/var/lib/harrier", "--bind", "0.0.0.0", "--allow-host", "harrier", "--behind-proxy", "172.17.0.1"]
