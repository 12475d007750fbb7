# One image for web, worker and migrate; docker-compose.yml says which of them a container is.
FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc .puppeteerrc.cjs ./
RUN npm ci --include=dev
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:20-bookworm-slim
# Prints PDF reports.
RUN apt-get update && apt-get install -y --no-install-recommends chromium && rm -rf /var/lib/apt/lists/*
WORKDIR /app
ENV NODE_ENV=production HASHINSIGHT_MODE=production
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/build ./build
COPY --from=build /app/engine/build ./engine/build
COPY --from=build /app/prisma/migrations ./prisma/migrations
# A volume takes the owner of the folder that it covers.
RUN mkdir -p /var/lib/hashinsight/audit && chown node:node /var/lib/hashinsight/audit
USER node
EXPOSE 3000
CMD ["node", "--enable-source-maps", "build/web.mjs"]
