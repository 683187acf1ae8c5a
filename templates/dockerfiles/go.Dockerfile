FROM [(${recipe.buildBase()})] AS build
WORKDIR /src
[# th:if="${recipe.newerToolchain()}"]
ENV GOTOOLCHAIN=auto
[/]
[# th:if="${recipe.downloads()}"]
COPY [(${recipe.manifestList()})]
# Downloading modules (go mod download)
RUN [(${caches.mount('go-mod', '/go/pkg/mod')})] go mod download
[/]
COPY . .
# Building (go build [(${recipe.packageList()})])
RUN [(${caches.mount('go-mod', '/go/pkg/mod')})] [(${caches.mount('go-build', '/root/.cache/go-build')})] go build -trimpath -ldflags "-s -w" -tags netgo,osusergo,timetzdata -o /out/ [(${recipe.packageList()})]

FROM [(${recipe.runBase()})]
ENV PORT=8080 HOME=/app PATH=/app/bin:$PATH
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --chown=1000:1000 go.mod /app/
WORKDIR /app
USER 1000:1000
[# th:if="${command != null}"]
CMD [(${command})]
[/]
COPY --from=build --chown=1000:1000 /out/ /app/bin/
# Copying the source
COPY --chown=1000:1000 . /app
