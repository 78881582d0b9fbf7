/** The number of chats that a gateway shows: a query that goes all the way to its upstream. */
export async function countChats(url: string): Promise<number> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ chats(first: 1) { totalCount } }' }),
  });
  const answer = await response.json();
  return answer.data.chats.totalCount;
}
