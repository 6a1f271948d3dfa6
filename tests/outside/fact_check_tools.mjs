// Searches through Google's own client for Node, pointed at the address that is given, page by page; prints the titles.
import { factchecktools } from "@googleapis/factchecktools";

const [rootUrl, query] = process.argv.slice(2);
const client = factchecktools({ version: "v1alpha1", rootUrl });
const titles = [];
let pageToken;
do {
  const { data } = await client.claims.search({ query, pageSize: 2, pageToken });
  titles.push(...data.claims.map(claim => claim.claimReview[0].title));
  pageToken = data.nextPageToken;
} while (pageToken);
console.log(JSON.stringify(titles));
