# docs/operations.md says how to run it. Everything that it writes lies in /data; the rest may be read-only.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY tsconfig.json build.mjs ./
COPY commands commands
COPY src src
RUN node build.mjs --force

FROM node:24-bookworm-slim
ENV NODE_ENV=production TZ=Asia/Shanghai DATA_DIR=/data
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts && npm cache clean --force && install -d -o node -g node -m 700 /data
COPY data/fonts data/fonts
COPY data/policy data/policy
COPY data/samples data/samples
COPY --from=build /app/dist dist
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "dist/src/cli.js"]
CMD ["start"]
